import path from "node:path";
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
  type ContainerDefinition,
  type CreateServiceCommandInput,
  type DeploymentConfiguration,
  type DesiredStatus,
  type RunTaskCommandInput,
  type Service,
  type ServiceDeployment,
  type ServiceDeploymentStatus,
  type Task,
} from "@aws-sdk/client-ecs";
import { checked, settings } from "./clients.ts";
import { freePort, startLocal, type Local } from "./local.ts";

export const REPOSITORY = "000000000000.dkr.ecr.us-east-1.amazonaws.com/shop";

/** A registry in which every version of `shop` exists, with or without a fault. */
export const imagesFile = path.join(import.meta.dirname, "shop-images.json");

/** A local AWS of the test's own, with one cluster. */
export async function startWorkbench(): Promise<{ local: Local; bench: Workbench }> {
  const local = await startLocal({ imagesFile });
  const bench = new Workbench(local);
  await bench.ecs.send(new CreateClusterCommand({ clusterName: bench.cluster }));
  return { local, bench };
}

const POLL_MS = 100;

/** Asks until the answer holds, not faster than AWS's quotas allow; the test's own timeout is the limit. */
export async function until<T>(ask: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const OVER: ServiceDeploymentStatus[] = ["SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"];

/** Short words for what the ECS tests do again and again, against the local AWS at a URL. */
export class Workbench {
  readonly cluster = "test";
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;

  constructor({ url }: { url: string }) {
    const client = { ...settings(url), maxAttempts: 10 };
    this.ecs = checked(new ECSClient(client));
    this.elb = checked(new ElasticLoadBalancingV2Client(client));
    this.cloudwatch = checked(new CloudWatchClient(client));
    this.logs = checked(new CloudWatchLogsClient(client));
  }

  /** Registers a version of the shop; returns the ARN of the revision. */
  async register(family: string, version: string, container: ContainerDefinition = {}): Promise<string> {
    const { taskDefinition } = await this.ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        cpu: "256",
        memory: "512",
        containerDefinitions: [
          { name: "app", image: `${REPOSITORY}:${version}`, portMappings: [{ containerPort: 8081 }], ...container },
        ],
      }),
    );
    return taskDefinition?.taskDefinitionArn ?? "";
  }

  /** Creates a service with a circuit breaker that rolls back, and waits until its first deployment is over. */
  async serve(name: string, options: Partial<CreateServiceCommandInput> & { version?: string } = {}) {
    const { version = "1.0.0", deploymentConfiguration, ...rest } = options;
    await this.ecs.send(
      new CreateServiceCommand({
        cluster: this.cluster,
        serviceName: name,
        taskDefinition: rest.taskDefinition ?? (await this.register(name, version)),
        desiredCount: 1,
        deploymentConfiguration: {
          deploymentCircuitBreaker: { enable: true, rollback: true },
          ...deploymentConfiguration,
        },
        ...rest,
      }),
    );
    return this.over(name);
  }

  /** Deploys a version without waiting for anything. */
  async deploy(name: string, version: string, container: ContainerDefinition = {}): Promise<string> {
    const taskDefinition = await this.register(name, version, container);
    await this.ecs.send(new UpdateServiceCommand({ cluster: this.cluster, service: name, taskDefinition }));
    return taskDefinition;
  }

  async service(name: string): Promise<Service> {
    const answer = await this.ecs.send(new DescribeServicesCommand({ cluster: this.cluster, services: [name] }));
    const [service] = answer.services ?? [];
    if (!service) throw new Error(`no service ${name}`);
    return service;
  }

  async deployment(arn: string | undefined): Promise<ServiceDeployment> {
    const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn ?? ""] });
    const [deployment] = (await this.ecs.send(command)).serviceDeployments ?? [];
    if (!deployment) throw new Error(`no service deployment ${arn}`);
    return deployment;
  }

  /** The newest service deployment, once it is over. */
  async over(name: string): Promise<ServiceDeployment> {
    const { currentServiceDeployment } = await this.service(name);
    return until(
      () => this.deployment(currentServiceDeployment),
      ({ status }) => status !== undefined && OVER.includes(status),
    );
  }

  async history(name: string) {
    const command = new ListServiceDeploymentsCommand({ cluster: this.cluster, service: name });
    return (await this.ecs.send(command)).serviceDeployments ?? [];
  }

  async tasks(serviceName: string, desiredStatus: DesiredStatus = "RUNNING") {
    const list = new ListTasksCommand({ cluster: this.cluster, serviceName, desiredStatus });
    const { taskArns: tasks = [] } = await this.ecs.send(list);
    if (tasks.length === 0) return [];
    return (await this.ecs.send(new DescribeTasksCommand({ cluster: this.cluster, tasks }))).tasks ?? [];
  }

  /** A load balancer with one target group that checks `/health`; returns the group's ARN and the balancer's URL. */
  async balancer(name: string) {
    const group = await this.elb.send(
      new CreateTargetGroupCommand({
        Name: name,
        Protocol: "HTTP",
        Port: 8081,
        VpcId: "vpc-1",
        TargetType: "ip",
        HealthCheckPath: "/health",
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 4,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
      }),
    );
    const arn = group.TargetGroups?.[0]?.TargetGroupArn ?? "";
    const Attributes = [{ Key: "deregistration_delay.timeout_seconds", Value: "5" }];
    await this.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes }));
    const created = await this.elb.send(
      new CreateLoadBalancerCommand({ Name: name, Subnets: ["subnet-1", "subnet-2"] }),
    );
    const port = await freePort();
    await this.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: created.LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: "HTTP",
        Port: port,
        DefaultActions: [{ Type: "forward", TargetGroupArn: arn }],
      }),
    );
    return { arn, url: `http://127.0.0.1:${port}` };
  }

  /** An alarm that stays in the state it is given, and the deployment configuration that watches it. */
  async alarm(name: string): Promise<DeploymentConfiguration> {
    await this.cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Namespace: "Test",
        MetricName: name,
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "ignore",
      }),
    );
    await this.setAlarm(name, "OK");
    return { alarms: { alarmNames: [name], enable: true, rollback: true } };
  }

  async setAlarm(name: string, state: "OK" | "ALARM"): Promise<void> {
    await this.cloudwatch.send(new SetAlarmStateCommand({ AlarmName: name, StateValue: state, StateReason: "test" }));
  }

  /** A log group, and the container settings that write to it. */
  async logGroup(name: string): Promise<ContainerDefinition> {
    await this.logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    const options = { "awslogs-group": name, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" };
    return { logConfiguration: { logDriver: "awslogs", options } };
  }

  async lines(logGroupName: string, task: string | undefined): Promise<string[]> {
    const logStreamName = `ecs/app/${task?.split("/").at(-1)}`;
    const { events = [] } = await this.logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }),
    );
    return events.map(({ message = "" }) => message);
  }

  /** Runs a task of its own and waits until it has stopped. */
  async run(taskDefinition: string, more: Partial<RunTaskCommandInput> = {}): Promise<Task> {
    const { tasks = [] } = await this.ecs.send(new RunTaskCommand({ cluster: this.cluster, taskDefinition, ...more }));
    return this.stopped(tasks[0]?.taskArn);
  }

  async task(arn: string | undefined): Promise<Task> {
    const command = new DescribeTasksCommand({ cluster: this.cluster, tasks: [arn ?? ""] });
    const [task] = (await this.ecs.send(command)).tasks ?? [];
    if (!task) throw new Error(`no task ${arn}`);
    return task;
  }

  stopped(arn: string | undefined): Promise<Task> {
    return until(
      () => this.task(arn),
      ({ lastStatus }) => lastStatus === "STOPPED",
    );
  }
}
