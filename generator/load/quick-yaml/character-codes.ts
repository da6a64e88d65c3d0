/** Codes of the characters that lines are read by. */
export const space = 32;
export const hash = 35;
export const dash = 45;
export const colon = 58;
export const newline = 10;
export const tab = 9;
