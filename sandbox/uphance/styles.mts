import type { Organisation } from './accounts.mts';
import { pickCyclic } from './pickCyclic.mts';
import { firstIds, getRecordId } from './recordIds.mts';

export interface Style {
	id: number;
	name: string;
	identifier: string;
	/** Variation id of the first colour; the others follow. */
	firstVariation: number;
	colors: string[];
	/** Wholesale price. */
	cents: number;
}

/**
 * The styles in generated orders, the same in all organisations. Each colour is a variation, and each size of a
 * variation is a SKU.
 */
export const orderedStyles: Style[] = [
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

const additionalNames =
	'Alba Beatrix Calla Dorothea Elodie Fenna Giselle Helga Ingrid Jolie Katja Linnéa Marit Noor Odile Petra Quinn Rosalind Sunniva Thea Ulrika Valérie Wilma Xenia Yara Zelda Anouk Brigitte Carmen Delphine Estelle Fleur Greta Hedda Ilse Juno'.split(
		' ',
	);
const additionalColors = ['Black', 'Ecru', 'Forest green', 'Rosé', 'Midnight', 'Rust', 'Sky'];

/** Returns the styles of an organisation, ascending by id: those in orders, then additional ones with their own ids. */
export function listStyles(organisation: Pick<Organisation, 'id' | 'styles'>): Style[] {
	const key = toCacheKey(organisation);
	const cached = stylesCache.get(key);
	if (cached) return cached;
	const count = Math.max(
		0,
		(organisation.styles ?? orderedStyles.length + additionalNames.length) - orderedStyles.length,
	);
	const additional = Array.from({ length: count }, (_, ordinal): Style => {
		// Names repeat with a number, so that identifiers stay unique.
		const round = Math.floor(ordinal / additionalNames.length);
		const baseName = pickCyclic(additionalNames, ordinal);
		const name = round === 0 ? baseName : `${baseName} ${round + 1}`;
		const id = getRecordId(firstIds.products, organisation, ordinal);
		const asciiName = baseName.normalize('NFD').replace(/[^A-Za-z]/g, '');
		return {
			id,
			name,
			identifier: `${ordinal % 2 === 0 ? 'SS25' : 'AW25'}-${asciiName.slice(0, 3).toUpperCase()}${round === 0 ? '' : round + 1}`,
			firstVariation: id + 20_000,
			colors: Array.from({ length: 2 + (ordinal % 2) }, (_, color) => pickCyclic(additionalColors, ordinal + color)),
			cents: 1200 + (ordinal % additionalNames.length) * 350,
		};
	});
	const all = [...orderedStyles].sort((one, other) => one.id - other.id).concat(additional);
	stylesCache.set(key, all);
	return all;
}

export const getVariationId = (style: Style, variation: number) => style.firstVariation + variation;
export const getSkuId = (style: Style, variation: number, size: number) => style.id * 100 + variation * 10 + size;

/** Returns null or '' for styles without a category. */
export const getCategory = (style: Style) => pickCyclic(['Tops', 'Trousers', 'Outerwear', null, ''], getSeed(style));

/** Returns a number that varies from style to style. The id alone does not: its last digits repeat. */
export const getSeed = ({ id }: Style) => id + Math.floor(id / 100);

export interface Sku {
	style: Style;
	/** Index of its colour. */
	variation: number;
	/** Index of its size. */
	position: number;
	variationId: number;
	color: string;
	size: string;
}

const toCacheKey = ({ id, styles: count }: Pick<Organisation, 'id' | 'styles'>) => `${id} ${count}`;
const stylesCache = new Map<string, Style[]>();
const skusCache = new Map<string, Map<number, Sku>>();

/** Returns the SKUs of all styles by id, ascending. */
export function getSkusById(organisation: Pick<Organisation, 'id' | 'styles'>): Map<number, Sku> {
	const key = toCacheKey(organisation);
	const cached = skusCache.get(key);
	if (cached) return cached;
	const skus = listStyles(organisation).flatMap((style) =>
		style.colors.flatMap((color, variation) =>
			sizes.map((size, position): [number, Sku] => [
				getSkuId(style, variation, position),
				{ style, variation, position, variationId: getVariationId(style, variation), color, size },
			]),
		),
	);
	const byId = new Map(skus);
	skusCache.set(key, byId);
	return byId;
}

/** Returns the organisation's SKU with an id, or undefined. */
export const findSku = (organisation: Pick<Organisation, 'id' | 'styles'>, id: unknown) =>
	getSkusById(organisation).get(Number(id));
