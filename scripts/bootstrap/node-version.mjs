const NEEDED = [20, 9];

/** Ends this process with one line when Node is too old to start the product. */
export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  console.error(`Quarterdeck needs Node ${NEEDED.join(".")} or newer to start; this is ${process.versions.node}.`);
  process.exit(1);
}
