const date = /^(\d{4})-(\d\d)-(\d\d)$/;
const time = /^(\d{4}-\d\d-\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))$/;

/** Whether text is a day of the calendar: `2024-02-29`. */
export function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = date.exec(text)?.slice(1).map(Number) ?? [];
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

/** Whether text is a time as the API server reads it, which is as Go reads RFC 3339: `2024-02-29T12:00:00Z`. */
export function isTime(text: string): boolean {
  const [, day = '', ...rest] = time.exec(text) ?? [];
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = rest.map((part) => Number(part ?? 0));
  const isInDay = hour < 24 && minute < 60 && second < 60;
  return isDate(day) && isInDay && zoneHour <= 24 && zoneMinute <= 60;
}
