export type Toast = {
  kind: "ok" | "failed" | "info";
  /** What happened, in one sentence: "Rolling back qkart-backend to 1.3.9". */
  title: string;
  detail?: string | undefined;
  /** Where to look: a link in the toast. */
  link?: { label: string; href: string } | undefined;
};

type Listener = (toast: Toast) => void;

const waiting: Toast[] = [];
let listener: Listener | undefined;

/** Tells the person what became of an act that has no place of its own on the page. Forms show errors inline. */
export function notify(toast: Toast): void {
  if (listener) listener(toast);
  else waiting.push(toast);
}

/** The layer on the page takes the toasts from here, also those that came before it was ready. */
export function receiveToasts(receive: Listener): () => void {
  listener = receive;
  for (const toast of waiting.splice(0)) receive(toast);
  return () => {
    if (listener === receive) listener = undefined;
  };
}
