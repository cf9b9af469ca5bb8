// The metrics one can choose, each describing itself.
import { accuracy, errorRate } from "./accuracy";
import { accuracyThresh } from "./accuracyThresh";
import { fbeta } from "./fbeta";
import type { MetricEntryWithMake } from "./metricEntry";

/** Every metric, in the order of the menu. */
export const METRICS: readonly MetricEntryWithMake[] = [accuracy, errorRate, accuracyThresh, fbeta];
