/**
 * Runs what an npm command does. What goes wrong is one message and exit code 1, and the usage with it when the command
 * was typed wrongly: an unknown option, or a value that the product refuses as invalid.
 */
export async function runCommand(main: () => Promise<void>, usage: string): Promise<void> {
  try {
    await main();
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    const isTypedWrongly = typeof code === "string" && /^(ERR_PARSE_ARGS_|invalid$)/.test(code);
    console.error(isTypedWrongly ? `${message}\n\n${usage}` : message);
    process.exitCode = 1;
  }
}
