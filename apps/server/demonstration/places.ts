export type Place = { city: string; postalCode: string; department: string }

export const places: readonly Place[] = `
  01000 Bourg-en-Bresse, 06000 Nice, 13005 Marseille, 13100 Aix-en-Provence, 14000 Caen,
  17000 La Rochelle, 21000 Dijon, 22000 Saint-Brieuc, 25000 Besançon, 26000 Valence, 29200 Brest,
  20000 Ajaccio, 20200 Bastia, 30000 Nîmes, 31000 Toulouse, 33000 Bordeaux, 33600 Pessac,
  34000 Montpellier, 35000 Rennes, 37000 Tours, 38000 Grenoble, 42000 Saint-Étienne, 44000 Nantes,
  45000 Orléans, 49000 Angers, 51100 Reims, 54000 Nancy, 54500 Vandœuvre-lès-Nancy, 56000 Vannes,
  57000 Metz, 59000 Lille, 59100 Roubaix, 60000 Beauvais, 63000 Clermont-Ferrand, 64000 Pau,
  66000 Perpignan, 67000 Strasbourg, 68100 Mulhouse, 69003 Lyon, 69100 Villeurbanne, 72000 Le Mans,
  73000 Chambéry, 74000 Annecy, 75011 Paris, 75014 Paris, 75018 Paris, 76000 Rouen, 76600 Le Havre,
  77000 Melun, 78000 Versailles, 80000 Amiens, 83000 Toulon, 84000 Avignon, 85000 La Roche-sur-Yon,
  86000 Poitiers, 87000 Limoges, 92100 Boulogne-Billancourt, 93100 Montreuil, 94300 Vincennes,
  97110 Pointe-à-Pitre, 97200 Fort-de-France, 97400 Saint-Denis
`
  .trim()
  .split(/,\s+/)
  .map((line) => {
    const postalCode = line.slice(0, 5)
    return { city: line.slice(6), postalCode, department: departmentOf(postalCode) }
  })

/** INSEE code of a postal code: Corsica is told apart by its third digit, overseas takes three. */
function departmentOf(postalCode: string): string {
  if (postalCode.startsWith('20')) return postalCode < '20200' ? '2A' : '2B'
  return postalCode.slice(0, postalCode.startsWith('97') ? 3 : 2)
}

export const streets: readonly string[] = `
  rue de la République, rue Victor-Hugo, avenue Jean-Jaurès, rue des Écoles, place de l’Église,
  rue du Moulin, boulevard Gambetta, rue Pasteur, allée des Tilleuls, rue Saint-Martin,
  avenue de la Gare, rue des Lilas, quai de la Fontaine, impasse du Verger, rue de l’Abbaye,
  cours de la Liberté
`
  .trim()
  .split(/,\s+/)
