"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { NonceProvider } from "#components/lib/nonce.tsx";
import { RenderedAtProvider } from "#components/lib/now.tsx";
import { renderQueryClient } from "#components/lib/query-client.ts";
import { ToastLayer } from "#components/ui/toast-layer.tsx";
import { TooltipLayer } from "#components/ui/tooltip-layer.tsx";

type ProvidersProps = { nonce: string | undefined; renderedAt: number; children: ReactNode };

/** What every page stands on: queries, the URL as state, the clock of the server render, tips and toasts. */
export function Providers({ nonce, renderedAt, children }: ProvidersProps) {
  return (
    <NonceProvider nonce={nonce}>
      <QueryClientProvider client={renderQueryClient()}>
        <NuqsAdapter>
          <RenderedAtProvider at={renderedAt}>
            {children}
            <TooltipLayer />
            <ToastLayer />
          </RenderedAtProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </NonceProvider>
  );
}
