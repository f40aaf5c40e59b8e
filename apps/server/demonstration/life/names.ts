import { lastNames as common, men, women } from '../names.ts'

const listed = (text: string): readonly string[] => text.trim().split(/,\s+/)

// Those who come to a practice come from everywhere; whom chance puts together is invented.

export const womensNames = [
  ...women,
  ...listed(`
    Aïcha, Aminata, Ana, Assia, Awa, Beatriz, Bintou, Chiara, Dalila, Elif, Fatoumata, Giulia, Houda,
    Ilona, Inaya, Jade, Khadija, Kim-Anh, Leïla, Linh, Maëva, Mariama, Mei, Meriem, Nour, Oksana,
    Rokhaya, Salomé, Sibel, Svetlana, Thi-Mai, Wassila, Yuki, Zineb
  `),
]

export const mensNames = [
  ...men,
  ...listed(`
    Abdoulaye, Ali, Amadou, Anh-Tuan, Aziz, Bilal, Cheikh, Dragan, Emre, Fabrice, Farid, Gabriel,
    Giovanni, Hamza, Ibrahim, Ismaël, João, Kevin, Lamine, Luca, Mamadou, Marek, Minh, Moussa, Noa,
    Omar, Rachid, Raphaël, Samir, Souleymane, Tariq, Tiago, Wei, Yanis, Youssef
  `),
]

export const lastNames = [
  ...common,
  ...listed(`
    Abadie, Aït Ahmed, Alvarez, Amrani, Antunes, Aydin, Bâ, Bakkali, Barka, Belkacem, Bianchi, Boukhari,
    Camara, Cardoso, Chen, Cissé, Coulibaly, Da Costa, Demir, Diop, Doan, El Amrani, Esposito, Etchegaray,
    Fall, Ferreira, Gonçalves, Guedj, Hamidi, Hoarau, Ibarra, Jovanović, Kaya, Keïta, Khelifi, Kowalski,
    Le Bihan, Le Goff, Lévy, Lin, Luciani, Maïga, Mendes, Moretti, Ndiaye, Nowak, Ouedraogo, Payet, Pereira,
    Pham, Quéméner, Ramos, Rossi, Saïdi, Santini, Sarr, Silva, Şahin, Tavares, Touré, Tran, Traoré, Usaï,
    Vandenberghe, Vo, Wang, Yildiz, Zaoui, Zerbib
  `),
]
