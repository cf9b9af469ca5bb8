// The metrics one can choose, each describing itself.
import { accuracy, errorRate, topKAccuracy } from "./accuracy";
import { accuracyThresh } from "./accuracyThresh";
import { CONFUSION_METRICS } from "./confusionMetrics";
import { fbeta } from "./fbeta";
import { fbetaMulti } from "./fbetaMulti";
import type { MetricEntryWithMake } from "./metricEntry";
import { NUMBER_METRICS } from "./numberMetrics";
import { perplexity } from "./perplexity";
import { apScore, rocAuc } from "./ranking";
import { SEGMENTATION_METRICS } from "./segmentationMetrics";

/** Every metric, in the order of the menu. */
export const METRICS: readonly MetricEntryWithMake[] = [
  accuracy,
  errorRate,
  topKAccuracy,
  accuracyThresh,
  fbeta,
  fbetaMulti,
  ...CONFUSION_METRICS,
  rocAuc,
  apScore,
  perplexity,
  ...SEGMENTATION_METRICS,
  ...NUMBER_METRICS,
];
