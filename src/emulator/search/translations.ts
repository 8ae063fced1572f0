/** Names of a few of the general model's concepts in other languages, by their English name. */
const translations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zh: { dog: '狗', cat: '猫', train: '火车', people: '人', water: '水', food: '食物', tree: '树', car: '汽车' },
  ja: { dog: '犬', cat: '猫', train: '列車', people: '人々', water: '水', food: '食べ物', tree: '木', car: '車' },
  es: { dog: 'perro', cat: 'gato', train: 'tren', people: 'gente', water: 'agua', food: 'comida', tree: 'árbol' },
  fr: { dog: 'chien', cat: 'chat', train: 'train', people: 'personnes', water: 'eau', tree: 'arbre', car: 'voiture' },
  de: { dog: 'Hund', cat: 'Katze', train: 'Zug', people: 'Menschen', water: 'Wasser', tree: 'Baum', car: 'Auto' },
};

/** The name of one of the general model's concepts in a language; `undefined` when the emulator does not know it. */
export function translated(name: string, language: string): string | undefined {
  return language === 'en' ? name : translations[language]?.[name];
}
