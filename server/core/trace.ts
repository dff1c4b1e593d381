import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from "@opentelemetry/api";

/** What carries a trace from one process to the next: the header `traceparent` of W3C Trace Context. */
export type TraceCarrier = { traceparent?: string };

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

type Spanned = {
  /** With few different values: ids belong into attributes. */
  name: string;
  kind?: keyof typeof kinds;
  attributes?: Attributes;
  /** From where the work was asked for; it counts when no span is open here. */
  from?: TraceCarrier;
};

/** Runs work inside a span, which costs next to nothing while no telemetry is started. An error ends the span as one. */
export function traced<T>(
  { name, kind = "internal", attributes = {}, from }: Spanned,
  run: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = from && !trace.getActiveSpan() ? propagation.extract(ROOT_CONTEXT, from) : context.active();
  return trace
    .getTracer("quarterdeck")
    .startActiveSpan(name, { kind: kinds[kind], attributes }, parent, async (span) => {
      try {
        return await run(span);
      } catch (error) {
        // The code alone: what an error says may name people and hosts, and traces are sent elsewhere.
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: (error as { code?: string; name?: string }).code ?? (error as Error).name,
        });
        throw error;
      } finally {
        span.end();
      }
    });
}

/** The span that is open here, for whoever goes on with the work elsewhere; empty while there is none. */
export function traceCarrier(): TraceCarrier {
  const carrier: TraceCarrier = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ? { traceparent: carrier.traceparent } : {};
}

/** What carries a trace on that was written down with the work; empty when none was. */
export function storedTrace({ traceparent }: { traceparent: string | null }): TraceCarrier {
  return traceparent ? { traceparent } : {};
}

/** Id of the trace that is being written here, for logs and answers; undefined while there is none. */
export function traceId(): string | undefined {
  const span = trace.getActiveSpan();
  return span?.isRecording() ? span.spanContext().traceId : undefined;
}
