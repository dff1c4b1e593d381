import { expect, test } from "vitest";
import { updateServiceCommand } from "./aws-cli.ts";

const arn = "arn:aws:ecs:us-east-1:000000000000:task-definition/qkart-backend-production:3";

test("prints the exact command", () => {
  const placement = { region: "us-east-1", cluster: "qkart-production", ecsService: "qkart-backend" };
  expect(updateServiceCommand(placement, arn)).toBe(
    "aws ecs update-service --region us-east-1 --cluster qkart-production --service qkart-backend " +
      `--task-definition ${arn}`,
  );
});

test("names the endpoint when there is one", () => {
  const placement = { region: "us-east-1", cluster: "c", ecsService: "s" };
  expect(updateServiceCommand(placement, arn, "http://127.0.0.1:4566")).toContain(
    "aws ecs update-service --endpoint-url http://127.0.0.1:4566 --region us-east-1",
  );
});

test("leaves nothing to the shell", () => {
  const placement = { region: "us-east-1", cluster: "it's; rm -rf /", ecsService: "$(id)" };
  expect(updateServiceCommand(placement, arn)).toContain(`--cluster 'it'\\''s; rm -rf /' --service '$(id)'`);
});
