/** The order of texts by their UTF-16 code units, the same in every locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
