/** Whether an address leads to the very machine that opens it, so that a link to it is of no use elsewhere. */
export function isOwnMachine(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}
