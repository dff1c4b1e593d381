import { describeImages } from "./describe-images.ts";
import { describeRepositories } from "./describe-repositories.ts";
import { listImages } from "./list-images.ts";

/** Actions of ECR by their AWS name; each is the file of that name. */
export const actions = {
  DescribeImages: describeImages,
  DescribeRepositories: describeRepositories,
  ListImages: listImages,
};
