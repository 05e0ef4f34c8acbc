import type { Organisation } from './accounts.mts';
import { pick } from './pickCyclic.mts';
import { firstIds, recordId } from './recordIds.mts';

export interface Style {
	id: number;
	name: string;
	identifier: string;
	/** Its first colour's id as a variation; those of the others follow. */
	firstVariation: number;
	colors: string[];
	cents: number;
}

/** What the made-up orders are about, in all organisations; each colour is a variation, each size of it a sku. */
export const styles: Style[] = [
	{ id: 6409, name: 'Aamira', identifier: 'AW24-AAM', firstVariation: 7609, colors: ['RED', 'Navy'], cents: 4500 },
	{
		id: 7056,
		name: 'Akeila',
		identifier: 'AW24-AKE',
		firstVariation: 8256,
		colors: ['Blue', 'Yellow', 'Sand'],
		cents: 1600,
	},
	{
		id: 7055,
		name: 'Agrafina',
		identifier: 'AW24-AGR',
		firstVariation: 8252,
		colors: ['Antracite', 'Black'],
		cents: 6300,
	},
	{
		id: 7054,
		name: 'Agnessa',
		identifier: 'AW24-AGN',
		firstVariation: 8250,
		colors: ['Yellowish', 'Green'],
		cents: 1560,
	},
];
export const sizes = ['XS', 'S', 'M', 'L', 'XL'];

const furtherNames =
	'Alba Beatrix Calla Dorothea Elodie Fenna Giselle Helga Ingrid Jolie Katja Linnéa Marit Noor Odile Petra Quinn Rosalind Sunniva Thea Ulrika Valérie Wilma Xenia Yara Zelda Anouk Brigitte Carmen Delphine Estelle Fleur Greta Hedda Ilse Juno'.split(
		' ',
	);
const furtherColors = ['Black', 'Ecru', 'Forest green', 'Rosé', 'Midnight', 'Rust', 'Sky'];

/** Those that orders hold and, under ids of its own, what else an organisation has; ids ascend. */
export function stylesOf(organisation: Pick<Organisation, 'id' | 'styles'>): Style[] {
	const key = keyOf(organisation);
	const known = stylesBy.get(key);
	if (known) return known;
	const count = Math.max(0, (organisation.styles ?? styles.length + furtherNames.length) - styles.length);
	const further = Array.from({ length: count }, (_, place): Style => {
		// Names come round again, with a number that keeps identifiers apart.
		const round = Math.floor(place / furtherNames.length);
		const first = pick(furtherNames, place);
		const name = round === 0 ? first : `${first} ${round + 1}`;
		const id = recordId(firstIds.products, organisation, place);
		const plain = first.normalize('NFD').replace(/[^A-Za-z]/g, '');
		return {
			id,
			name,
			identifier: `${place % 2 === 0 ? 'SS25' : 'AW25'}-${plain.slice(0, 3).toUpperCase()}${round === 0 ? '' : round + 1}`,
			firstVariation: id + 20_000,
			colors: Array.from({ length: 2 + (place % 2) }, (_, color) => pick(furtherColors, place + color)),
			cents: 1200 + (place % furtherNames.length) * 350,
		};
	});
	const all = [...styles].sort((one, other) => one.id - other.id).concat(further);
	stylesBy.set(key, all);
	return all;
}

export const variationId = (style: Style, variation: number) => style.firstVariation + variation;
export const skuId = (style: Style, variation: number, size: number) => style.id * 100 + variation * 10 + size;

/** Some have none, or an empty one. */
export const categoryOf = (style: Style) => pick(['Tops', 'Trousers', 'Outerwear', null, ''], turnOf(style));

/** What takes turns from style to style; the last digits of ids do not. */
export const turnOf = ({ id }: Style) => id + Math.floor(id / 100);

export interface Sku {
	style: Style;
	/** Which of the style's colours it is of. */
	variation: number;
	/** Which of the sizes it is. */
	position: number;
	variationId: number;
	color: string;
	size: string;
}

const keyOf = ({ id, styles: count }: Pick<Organisation, 'id' | 'styles'>) => `${id} ${count}`;
const stylesBy = new Map<string, Style[]>();
const skusBy = new Map<string, Map<number, Sku>>();

/** The skus of all styles by their ids, ascending. */
export function allSkus(organisation: Pick<Organisation, 'id' | 'styles'>): Map<number, Sku> {
	const key = keyOf(organisation);
	const known = skusBy.get(key);
	if (known) return known;
	const skus = stylesOf(organisation).flatMap((style) =>
		style.colors.flatMap((color, variation) =>
			sizes.map((size, position): [number, Sku] => [
				skuId(style, variation, position),
				{ style, variation, position, variationId: variationId(style, variation), color, size },
			]),
		),
	);
	const byId = new Map(skus);
	skusBy.set(key, byId);
	return byId;
}

/** The organisation's sku with an id, if there is one. */
export const skuOf = (organisation: Pick<Organisation, 'id' | 'styles'>, id: unknown) =>
	allSkus(organisation).get(Number(id));
