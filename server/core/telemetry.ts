import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/** Traces that are being written; `stop` sends what has not been sent yet, and gives up after some seconds. */
export type Telemetry = { stop(): Promise<void> };

const flushMs = 3_000;

/**
 * Sends traces of this process to an OpenTelemetry collector over OTLP/HTTP. `endpoint` is the collector's base
 * address, `process` the name of the program. Headers, as for a token, come from OTEL_EXPORTER_OTLP_HEADERS, which the
 * exporter reads itself. Loaded only where an endpoint is set.
 */
export function startTelemetry(endpoint: string, process: string): Telemetry {
  const url = `${endpoint.replace(/\/$/, "")}/v1/traces`;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": process, "service.namespace": "quarterdeck" }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, timeoutMillis: flushMs }),
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const late = () => new Promise<void>((resolve) => setTimeout(resolve, flushMs).unref());
  return { stop: () => Promise.race([provider.shutdown().catch(() => undefined), late()]) };
}
