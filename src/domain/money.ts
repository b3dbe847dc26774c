/** Minor units per major unit for currencies that do not have two decimals (ISO 4217). */
const DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Decimal places of a currency; 2 where ISO 4217 says nothing else. */
export function currencyDecimals(currency: string): number {
  return DECIMALS[currency] ?? 2;
}

/** 10 to the power of the currency's decimals: minor units in one major unit. */
export function minorPerMajor(currency: string): number {
  return 10 ** currencyDecimals(currency);
}

/** An integer amount in minor units as a number of major units, e.g. 16462 EGP-piastres → 164.62. */
export function toMajor(minor: number, currency: string): number {
  return minor / minorPerMajor(currency);
}
