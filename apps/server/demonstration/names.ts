// The most common first and last names of France, each alone; whom chance puts together is invented.

const listed = (text: string): readonly string[] => text.trim().split(/,\s+/)

export const women = listed(`
  Amélie, Anne-Sophie, Aurélie, Camille, Carole, Caroline, Catherine, Céline, Chloé, Claire,
  Clémence, Coralie, Delphine, Élise, Élodie, Émilie, Estelle, Fanny, Florence, Françoise, Gaëlle,
  Géraldine, Hélène, Inès, Isabelle, Jeanne, Julie, Karine, Laëtitia, Laure, Léa, Lucie, Manon,
  Margaux, Marie-Laure, Marion, Maud, Mélanie, Muriel, Nadia, Nathalie, Noémie, Océane, Pauline,
  Perrine, Rachel, Sabrina, Samira, Sandrine, Sarah, Solène, Sophie, Stéphanie, Sylvie, Valérie,
  Véronique, Virginie, Yasmine, Zoé, Anaïs
`)

export const men = listed(`
  Adrien, Alexandre, Antoine, Arnaud, Benoît, Bruno, Cédric, Christophe, Damien, David, Éric,
  Étienne, Fabien, François, Frédéric, Grégoire, Guillaume, Hugo, Jérôme, Julien, Karim, Laurent,
  Loïc, Luc, Mathieu, Maxime, Mehdi, Nicolas, Olivier, Pascal, Philippe, Pierre, Quentin, Rémi,
  Romain, Sébastien, Simon, Stéphane, Thibault, Vincent
`)

export const lastNames = listed(`
  Adam, André, Arnaud, Aubert, Barbier, Baron, Barré, Benard, Benali, Berger, Bernard, Bertin,
  Bertrand, Blanc, Blanchard, Bonnet, Boucher, Bouvier, Boyer, Brun, Brunet, Caron, Carpentier,
  Charles, Charpentier, Chevalier, Clément, Colin, Collet, Cordier, Costa, Cousin, Da Silva, Daniel,
  David, Delattre, Deschamps, Diallo, Dubois, Dufour, Dumas, Dumont, Dupont, Dupuis, Durand, Duval,
  Étienne, Fabre, Faure, Fernandez, Fleury, Fontaine, Fournier, François, Gaillard, Garcia, Garnier,
  Gauthier, Gérard, Girard, Giraud, Guérin, Guillaume, Haddad, Henry, Hubert, Huet, Jacquet, Joly,
  Julien, Lacroix, Lambert, Laurent, Le Gall, Lebrun, Leclerc, Lecomte, Lefebvre, Lefèvre, Legrand,
  Lemaire, Lemoine, Leroux, Leroy, Lopez, Lucas, Maillard, Mallet, Marchand, Marie, Martin, Martinez,
  Masson, Mathieu, Mercier, Meunier, Meyer, Michel, Moreau, Morel, Morin, Moulin, N’Diaye, Nguyen,
  Nicolas, Noël, Olivier, Paris, Perez, Perrin, Petit, Philippe, Picard, Pierre, Poirier, Prévost,
  Renard, Renaud, Rey, Richard, Rivière, Robert, Robin, Roche, Rodriguez, Roger, Rolland, Rousseau,
  Roussel, Roux, Roy, Royer, Sanchez, Schmitt, Simon, Thomas, Tessier, Vasseur, Vidal, Weber
`)
