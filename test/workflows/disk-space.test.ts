import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import { buildProblem } from "../../src/workflows/build-problem.ts";
import { diskFull, isDiskFull, withRoom } from "../../src/workflows/disk-space.ts";

const errno = (code: string) => Object.assign(new Error(`${code}: write`), { code });

it("does not begin what cannot fit, and tells what is needed and what is free", async () => {
  let begun = false;
  const deed = withRoom(tmpdir(), 2 ** 60, async () => {
    begun = true;
  });
  await expect(deed).rejects.toMatchObject({
    code: "DISK_FULL",
    what: expect.stringMatching(/at least 1073741824\.0 GiB are needed .*; .* are free/),
    details: { neededBytes: 2 ** 60 },
  });
  expect(begun).toBe(false);
  expect(await withRoom(tmpdir(), 1, async () => "done")).toBe("done");
});

it("knows a full disk in the words of the system, of SQLite and of DuckDB, and nothing else", async () => {
  const full = [
    errno("ENOSPC"),
    errno("EDQUOT"),
    new Error('IO Error: Could not write file "x": No space left on device'),
    new Problem("STORE_WRITE_FAILED", { what: "x", fix: "y", cause: errno("SQLITE_FULL") }),
  ];
  for (const error of full) {
    await expect(withRoom(tmpdir(), null, () => Promise.reject(error))).rejects.toMatchObject({
      code: "DISK_FULL",
    });
  }
  for (const error of [errno("EACCES"), new Error("Out of Memory"), "No space left on device"]) {
    expect(isDiskFull(error)).toBe(false);
    await expect(withRoom(tmpdir(), null, () => Promise.reject(error))).rejects.toBe(error);
  }
});

it("keeps what a failed build needs when the failure is passed on by who does not know", async () => {
  const place = { home: tmpdir(), where: "here", kept: "Nothing is lost" };
  const told = buildProblem(errno("ENOSPC"), { ...place, fileBytes: 3 * 2 ** 30 });
  const passed = [
    diskFull(tmpdir(), null, told),
    buildProblem(told, place),
    await withRoom(tmpdir(), null, () => Promise.reject(told)).catch((error) => error),
  ];
  for (const problem of passed) {
    expect(problem).toMatchObject({ code: "DISK_FULL", details: { neededBytes: 3 * 2 ** 30 } });
  }
});
