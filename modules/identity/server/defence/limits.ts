/** How much may be tried. Chosen so that a person who mistypes hardly notices, and who guesses gets nowhere. */

const minutes = 60
const hours = 60 * minutes

/** What all windows below last, in seconds. */
export const window = 15 * minutes

/** Failures of an account, whoever makes them: then strangers' browsers wait. */
export const perAccount = 10
/** Failures of second factors of one person, signing in and stepping up together, by strangers' browsers. */
export const perFactor = 10
/** Failures of a known browser at one account, passwords and factors together. */
export const perDevice = 10
/** Failures of an address: then it is blocked. */
export const perAddress = 30
/** Failures of an IPv6 /48, and the /64s of it they must come from: then all of it is blocked. */
export const perSite = 150
export const neighbours = 5
/** Failures a minute of all strangers together: then the installation is under attack, for so many seconds. */
export const perMinute = 300
export const attackLasts = 5 * minutes

/** Mails an account is sent on demand, and those an address and an IPv6 /48 may cause, an hour. */
export const mailsPerAccount = 5
export const mailsPerAddress = 20
export const mailsPerSite = 60
export const mailWindow = hours

/** Failures of an account from one address after which the next try waits. */
export const freeOfDelay = 3

/** 1, 2, 4, 8 … 60 seconds. @param failures of an account from one address, `freeOfDelay` or more */
export function delayAfter(failures: number): number {
  return Math.min(60, 2 ** (failures - freeOfDelay))
}

/** A block lasts a quarter of an hour, twice as long with each earlier one of the day, a day at most. */
export function blockSeconds(earlierToday: number): number {
  return Math.min(24 * hours, window * 2 ** Math.min(earlierToday, 10))
}
