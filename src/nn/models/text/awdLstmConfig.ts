// fastai's configurations of the AWD-LSTM: sizes, and five kinds of dropout.

export interface AwdLstmSizes {
  /** Width of the embedding and of the last layer. */
  readonly embSz: number;
  /** Width of the other layers. */
  readonly nHid: number;
  readonly nLayers: number;
  /** Id of padding. */
  readonly padToken: number;
  readonly bidir: boolean;
}

export interface AwdLstmDrops {
  /** Between the layers. */
  readonly hiddenP: number;
  /** After the embedding. */
  readonly inputP: number;
  /** Whole words of the embedding. */
  readonly embedP: number;
  /** Single recurrent weights. */
  readonly weightP: number;
  /** Before the decoder or classifier. */
  readonly outputP: number;
}

export interface AwdLstmConfig extends AwdLstmSizes, AwdLstmDrops {}

export interface LanguageModelConfig extends AwdLstmConfig {
  /** The decoder uses the embedding's table. */
  readonly tieWeights: boolean;
  readonly outBias: boolean;
}

const sizes: AwdLstmSizes = { embSz: 400, nHid: 1152, nLayers: 3, padToken: 1, bidir: false };

/** `awd_lstm_lm_config`. */
export const AWD_LSTM_LM_CONFIG: LanguageModelConfig = {
  ...sizes,
  outputP: 0.1,
  hiddenP: 0.15,
  inputP: 0.25,
  embedP: 0.02,
  weightP: 0.2,
  tieWeights: true,
  outBias: true,
};

/** `awd_lstm_clas_config`. */
export const AWD_LSTM_CLAS_CONFIG: AwdLstmConfig = {
  ...sizes,
  outputP: 0.4,
  hiddenP: 0.3,
  inputP: 0.4,
  embedP: 0.05,
  weightP: 0.5,
};

/** The configuration with all dropouts multiplied, fastai's `drop_mult`. */
export function withDropMult<C extends AwdLstmDrops>(config: C, dropMult: number): C {
  const { hiddenP, inputP, embedP, weightP, outputP } = config;
  return {
    ...config,
    hiddenP: hiddenP * dropMult,
    inputP: inputP * dropMult,
    embedP: embedP * dropMult,
    weightP: weightP * dropMult,
    outputP: outputP * dropMult,
  };
}
