import { expect, test } from "vitest";
import { deviceInWords } from "./device.ts";

const mac =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

test.each([
  [mac, "Chrome on macOS"],
  [`${mac} Edg/140.0.0.0`, "Edge on macOS"],
  [`${mac} OPR/120.0.0.0`, "Opera on macOS"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
  [`${iphone} Version/18.5 Mobile/15E148 Safari/604.1`, "Safari on iPhone"],
  [`${iphone} CriOS/140.0 Mobile/15E148 Safari/604.1`, "Chrome on iPhone"],
  [
    "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
    "Samsung Internet on Android",
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
    "headless Chrome on Linux",
  ],
  ["curl/8.14.1", "curl"],
  ["Something (X11)", "A browser on Linux"],
  ["<script>alert(1)</script>", "Unknown device"],
  ["", "Unknown device"],
])("%s is %s", (userAgent, words) => expect(deviceInWords(userAgent)).toBe(words));
