/** Currencies that do not have two decimals (ISO 4217); a test holds this list to that of the server. */
const DECIMALS: Readonly<Record<number, readonly string[]>> = {
  0: [
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
  ],
  3: ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"],
};

/** Decimal places of a currency, for figures that come without them; 2 where the currency is not known. */
export function decimalsOf(currency: string | null): number {
  const found = Object.entries(DECIMALS).find(([, codes]) => codes.includes(currency ?? ""));
  return found ? Number(found[0]) : 2;
}
