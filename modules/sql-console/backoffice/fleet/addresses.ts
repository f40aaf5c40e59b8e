/** Where what goes through many practices is found. */
export const fleetsTo = '/sql/fleets'
export const sendTo = '/sql/fleets/new'
export const fleetTo = (id: string) => `/sql/fleets/${id}`
