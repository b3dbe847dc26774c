import { describe } from "vitest";
import { openStore } from "../../src/store/sqlite.ts";
import { storeContract } from "./contract.ts";

describe("the store in one SQLite file", () => {
  storeContract(openStore);
});
