import type { Image, Registry } from "../../contract.ts";
import type { Images } from "./images.ts";

/** `[host/]repository[:tag][@digest]`; a repository may itself contain slashes. */
const REFERENCE =
  /^(?:(?<host>[a-z0-9.-]+\.[a-z]+(?::\d+)?)\/)?(?<repository>[a-z0-9._/-]+?)(?::(?<tag>[\w.-]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** What the ECS agent sees of the registry: a reference is an image or it is not. */
export function createRegistry(images: Images): Registry {
  return {
    find(reference): Image | undefined {
      const groups = REFERENCE.exec(reference)?.groups;
      const repository = groups?.["repository"];
      if (!repository) return undefined;
      const { tag, digest } = groups;
      // As in Docker, a digest wins over the tag beside it.
      if (digest) return images.byDigest(repository, digest) ?? sameDigest(images.byTag(repository, tag ?? ""), digest);
      return images.byTag(repository, tag ?? "latest");
    },
  };
}

function sameDigest(image: Image | undefined, digest: string): Image | undefined {
  return image?.digest === digest ? image : undefined;
}
