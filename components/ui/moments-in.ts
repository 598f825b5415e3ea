/** Tells moments (ISO 8601) to the minute, in the time of a zone and with its name; undefined is the zone of this machine. */
export function momentsIn(timeZone: string | undefined): (iso: string) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  })
  return (iso) => format.format(new Date(iso))
}
