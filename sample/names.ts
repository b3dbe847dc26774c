/** Invented people: each given name and family name in Latin and in Arabic letters, in step. */

export const GIVEN: readonly (readonly [latin: string, arabic: string])[] = [
  ["Ahmed", "أحمد"],
  ["Mohamed", "محمد"],
  ["Mahmoud", "محمود"],
  ["Mostafa", "مصطفى"],
  ["Omar", "عمر"],
  ["Youssef", "يوسف"],
  ["Khaled", "خالد"],
  ["Hassan", "حسن"],
  ["Karim", "كريم"],
  ["Tarek", "طارق"],
  ["Sherif", "شريف"],
  ["Amr", "عمرو"],
  ["Hany", "هاني"],
  ["Ramy", "رامي"],
  ["Sameh", "سامح"],
  ["Wael", "وائل"],
  ["Ibrahim", "إبراهيم"],
  ["Adel", "عادل"],
  ["Fady", "فادي"],
  ["Bassem", "باسم"],
  ["Mona", "منى"],
  ["Sara", "سارة"],
  ["Nour", "نور"],
  ["Heba", "هبة"],
  ["Dina", "دينا"],
  ["Aya", "آية"],
  ["Mariam", "مريم"],
  ["Yasmin", "ياسمين"],
  ["Rania", "رانيا"],
  ["Salma", "سلمى"],
  ["Nada", "ندى"],
  ["Eman", "إيمان"],
  ["Abeer", "عبير"],
  ["Laila", "ليلى"],
  ["Hend", "هند"],
  ["Faisal", "فيصل"],
  ["Saud", "سعود"],
  ["Rashid", "راشد"],
  ["Nasser", "ناصر"],
  ["Sultan", "سلطان"],
];

export const FAMILY: readonly (readonly [latin: string, arabic: string])[] = [
  ["Abdelrahman", "عبد الرحمن"],
  ["Elsayed", "السيد"],
  ["Farouk", "فاروق"],
  ["Gaber", "جابر"],
  ["Hamdy", "حمدي"],
  ["Ismail", "إسماعيل"],
  ["Kamel", "كامل"],
  ["Lotfy", "لطفي"],
  ["Mansour", "منصور"],
  ["Nabil", "نبيل"],
  ["Othman", "عثمان"],
  ["Qassem", "قاسم"],
  ["Ragab", "رجب"],
  ["Saleh", "صالح"],
  ["Taha", "طه"],
  ["Wahba", "وهبة"],
  ["Yassin", "ياسين"],
  ["Zaki", "زكي"],
  ["Badr", "بدر"],
  ["Darwish", "درويش"],
  ["Elmasry", "المصري"],
  ["Fouad", "فؤاد"],
  ["Ghoneim", "غنيم"],
  ["Helmy", "حلمي"],
  ["Shawky", "شوقي"],
  ["Selim", "سليم"],
  ["Khalil", "خليل"],
  ["Metwally", "متولي"],
  ["Alharbi", "الحربي"],
  ["Almansoori", "المنصوري"],
];

const LATIN_FIRST = [
  "Silver",
  "Amber",
  "North",
  "Cedar",
  "Harbour",
  "Sunrise",
  "Granite",
  "Lotus",
  "Meadow",
  "Coral",
  "Jasmine",
  "Falcon",
  "Opal",
  "Willow",
  "Crescent",
  "Almond",
  "Ivory",
  "Lagoon",
  "Saffron",
  "Orchard",
];
const LATIN_SECOND = [
  "Gate",
  "Terraces",
  "Walk",
  "Quarter",
  "Bay",
  "Fields",
  "Heights",
  "Residence",
  "Park",
  "Hub",
  "Row",
  "Villas",
];
const LATIN_PLACE = [
  "",
  " East",
  " West",
  " - New City",
  " North Shore",
  " - PRE",
  " Phase 2",
  " October",
];
const ARABIC_FIRST = ["واحة", "حدائق", "أبراج", "بوابة", "شاطئ", "قرية", "ربوة", "منتجع"];
const ARABIC_SECOND = [
  "الياسمين",
  "الريحان",
  "المرجان",
  "اللؤلؤة",
  "السنابل",
  "الأندلس",
  "الفيروز",
  "النخيل",
];
const ARABIC_PLACE = ["", " الشرقية", " الغربية", " - المرحلة الثانية", " الجديدة"];

/** Number of different project names there are. */
export const PROJECT_NAMES = 20 * 12 * 8;

/** The name of project `index`; every seventh is Arabic. Injective below `PROJECT_NAMES`, then numbered. */
export function projectName(index: number): string {
  const round = Math.floor(index / PROJECT_NAMES);
  const n = index % PROJECT_NAMES;
  const tail = round === 0 ? "" : ` ${round + 1}`;
  if (n % 7 === 3) {
    const m = (n - 3) / 7;
    const first = ARABIC_FIRST[m % 8] as string;
    const second = ARABIC_SECOND[((m >> 3) + m) % 8] as string;
    return `${first} ${second}${ARABIC_PLACE[(m >> 6) % 5] as string}${tail}`;
  }
  const first = LATIN_FIRST[n % 20] as string;
  const second = LATIN_SECOND[Math.floor(n / 20) % 12] as string;
  return `${first} ${second}${LATIN_PLACE[Math.floor(n / 240)] as string}${tail}`;
}
