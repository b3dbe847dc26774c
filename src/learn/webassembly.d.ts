/** The little of the WebAssembly namespace that the room uses; the language's own library does not declare it. */
declare namespace WebAssembly {
  class Memory<Shared extends boolean = true> {
    constructor(pages: { initial: number; maximum: number; shared: Shared });
    readonly buffer: Shared extends true ? SharedArrayBuffer : ArrayBuffer;
    grow(pages: number): number;
  }
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module, imports: { room: { memory: Memory | Memory<false> } });
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
