/** What QKart consists of in one environment: every name in one place. */

export type ServiceName = "qkart-backend" | "qkart-storefront";

export type ServicePlan = {
  name: ServiceName;
  container: string;
  containerPort: number;
  /** Family of the task definition, and name of the target group. */
  family: string;
  logGroup: string;
  alarms: { errors: string; latency: string };
};

export type Plan = {
  environment: string;
  cluster: string;
  loadBalancer: string;
  secret: string;
  backend: ServicePlan;
  storefront: ServicePlan;
};

export function planFor(environment: string): Plan {
  return {
    environment,
    cluster: `qkart-${environment}`,
    loadBalancer: `qkart-${environment}`,
    secret: `qkart/${environment}/database-url`,
    backend: servicePlan(environment, "backend", 8081),
    storefront: servicePlan(environment, "storefront", 8080),
  };
}

function servicePlan(environment: string, container: "backend" | "storefront", containerPort: number): ServicePlan {
  return {
    name: `qkart-${container}`,
    container,
    containerPort,
    family: `qkart-${container}-${environment}`,
    logGroup: `/qkart/${environment}/${container}`,
    alarms: {
      errors: `qkart-${environment}-${container}-errors`,
      latency: `qkart-${environment}-${container}-latency`,
    },
  };
}
