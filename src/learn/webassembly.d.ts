/** The little of the WebAssembly namespace that training uses; the language's own library does not declare it. */
declare namespace WebAssembly {
  class Memory {
    constructor(pages: { initial: number; maximum: number; shared: true });
    readonly buffer: SharedArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module, imports: { room: { memory: Memory } });
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
