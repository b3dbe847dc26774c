// @ts-check
/**
 * Native packages this machine needs and the installed tree lacks. A lock file made on one platform may leave the
 * others' optional packages out, and npm then installs none; the parent's own list still names them.
 *
 * @typedef {{ version?: string, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ platform: string, arch: string, musl: boolean }} Machine
 */

/**
 * @param {{ packages: Record<string, LockedPackage> }} lock package-lock.json
 * @param {Machine} machine
 * @param {(name: string) => boolean} isInstalled
 * @returns {string[]} `name@version`, sorted
 */
export function missingBindings(lock, machine, isInstalled) {
  const missing = new Set();
  for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
    const fitting = fittingBindings(Object.keys(optionalDependencies), machine);
    if (fitting.some(isInstalled)) continue;
    for (const name of fitting) missing.add(`${name}@${optionalDependencies[name]}`);
  }
  return [...missing].sort();
}

/** @param {readonly string[]} names @param {Machine} machine */
function fittingBindings(names, { platform, arch, musl }) {
  const mark = new RegExp(`(^|[-/.])${platform}-${arch}($|-)`);
  const fitting = names.filter((name) => mark.test(name));
  const forMusl = fitting.filter((name) => name.endsWith("musl"));
  const others = fitting.filter((name) => !name.endsWith("musl"));
  // Where a project builds nothing of its own for musl, its one Linux package is static and fits both.
  return musl && forMusl.length > 0 ? forMusl : others;
}

/** @returns {Machine} the machine this runs on */
export function thisMachine() {
  let musl = false;
  if (process.platform === "linux" && process.report) {
    const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
      process.report.getReport()
    );
    musl = report.header?.glibcVersionRuntime === undefined;
  }
  return { platform: process.platform, arch: process.arch, musl };
}
