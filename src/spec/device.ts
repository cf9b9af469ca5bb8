// What the engine found out about this computer.

export interface SelfTestResult {
  readonly name: string;
  /** Largest difference from the CPU reference, relative to the reference's largest magnitude. */
  readonly maxError: number;
  readonly ok: boolean;
}

export interface DeviceReport {
  readonly backend: "webgpu" | "cpu";
  readonly adapter: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    /** A software adapter: right, but slow. */
    readonly software: boolean;
  };
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  /** True on the cpu backend and on software adapters. */
  readonly slow: boolean;
  readonly selfTest: readonly SelfTestResult[];
}
