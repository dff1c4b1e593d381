/**
 * sonner adds its stylesheet in a tag of its own that takes no nonce: first the empty tag, then the text. These
 * are the hashes of nothing and of that text; page-policy.test.ts recomputes them from the installed package.
 */
export const sonnerStyleHashes = [
  "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=",
] as const;

/**
 * The Content-Security-Policy of a console page. Style attributes stay allowed because charts, virtual rows
 * and poppers position with them; style tags and scripts need the nonce. Development adds eval (React's
 * debugging) and style tags (hot reload).
 */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  const hashes = sonnerStyleHashes.map((hash) => `'${hash}'`).join(" ");
  const directives = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src-elem": isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}' ${hashes}`,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
