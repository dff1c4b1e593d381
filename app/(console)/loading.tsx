import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <>
      <Skeleton className="mt-1 mb-6 h-5 w-56" />
      <SkeletonRows rows={8} />
    </>
  );
}
