import { Html } from "./html.ts";

/** Line drawings on a field of 96 × 96, by product. */
const drawings: Record<string, string> = {
  "stoneware-mug":
    '<path d="M26 34h36v28a10 10 0 0 1-10 10H36a10 10 0 0 1-10-10z"/><path d="M62 40h5a8 8 0 0 1 0 20h-5"/><path d="M37 25c-3-4 3-6 0-10M49 25c-3-4 3-6 0-10"/>',
  "pour-over-kettle":
    '<path d="M34 44h28l6 24a6 6 0 0 1-6 7H34a6 6 0 0 1-6-7z"/><path d="M30 62c-8 0-8-14-11-22-1-3-4-4-7-4"/><path d="M62 47c14-6 20 0 18 8-1 6-7 9-13 8"/><path d="M38 44c0-6 20-6 20 0M48 39v-5"/>',
  "linen-apron":
    '<path d="M38 24h20l3 16 11 6v32H24V46l11-6z"/><path d="M38 24c0-12 20-12 20 0"/><path d="M37 54h22v11H37z"/><path d="M24 50l-8 6M72 50l8 6"/>',
  "wool-throw":
    '<path d="M24 26h48v40H24z"/><path d="M24 36l8-10M24 50l20-24M28 66l28-40M42 66l28-40M56 66l16-22"/><path d="M28 66v8M37 66v8M46 66v8M55 66v8M64 66v8M70 66v8"/>',
  "desk-lamp":
    '<path d="M30 76h28M44 76V70"/><path d="M44 70L32 46l24-20"/><path d="M50 20l16 15-6 7-17-15z"/><path d="M64 46l3 5M70 42l5 3M70 36h6"/>',
  "beeswax-candles":
    '<path d="M28 44h10v32H28zM44 34h10v42H44zM60 48h10v28H60z"/><path d="M33 44v-4M49 34v-4M65 48v-4"/><path d="M33 39c-4-4 0-7 0-9 0 2 4 5 0 9zM49 29c-4-4 0-7 0-9 0 2 4 5 0 9zM65 43c-4-4 0-7 0-9 0 2 4 5 0 9z"/>',
  "dot-grid-notebook":
    '<path d="M30 20h34a4 4 0 0 1 4 4v48a4 4 0 0 1-4 4H30z"/><path d="M30 20v56M26 28h8M26 40h8M26 52h8M26 64h8"/><path d="M42 34h.1M50 34h.1M58 34h.1M42 44h.1M50 44h.1M58 44h.1M42 54h.1M50 54h.1M58 54h.1"/>',
  "brass-pen": '<path d="M66 22l8 8-38 38-12 4 4-12z"/><path d="M58 30l8 8M28 60l8 8"/><path d="M22 78h52"/>',
  "canvas-tote": '<path d="M26 42h44l4 34H22z"/><path d="M36 48V32c0-14 24-14 24 0v16"/>',
  "day-pack":
    '<path d="M30 42c0-22 36-22 36 0v30a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4z"/><path d="M36 54h24v14H36zM36 60h24"/><path d="M42 22c0-8 12-8 12 0"/><path d="M30 50h-4v18h4M66 50h4v18h-4"/><path d="M38 40h20"/>',
  "monstera-plant":
    '<path d="M36 62h24l-3 16H39z"/><path d="M48 62V42M48 54c-6-2-10-6-12-11M48 50c5-2 9-6 11-12"/><path d="M48 42c-9-5-9-17 0-24 9 7 9 19 0 24zM36 43c-10 2-16-4-17-13 10-1 16 4 17 13zM59 38c0-10 6-16 17-15 0 10-7 16-17 15z"/>',
  "watering-can":
    '<path d="M32 42h32v28a5 5 0 0 1-5 5H37a5 5 0 0 1-5-5z"/><path d="M32 64L18 42M13 44l9-6"/><path d="M40 42c0-18 16-18 16 0"/><path d="M64 48c16-4 18 16 0 20"/><path d="M11 50v4M15 54v4"/>',
};

const parcel = '<path d="M22 36l26-12 26 12v28L48 76 22 64z"/><path d="M22 36l26 12 26-12M48 48v28"/>';

/** The product's drawing; decorative, because its name stands beside it. */
export function picture(product: { id: string }): Html {
  return new Html(
    `<svg viewBox="0 0 96 96" aria-hidden="true" focusable="false">${drawings[product.id] ?? parcel}</svg>`,
  );
}
