/** Whether text is base64, as far as signs and length go. One loop of one sign: others need memory for each turn. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
