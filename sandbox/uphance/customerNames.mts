import type { Organisation } from './accounts.mts';
import { pick } from './pickCyclic.mts';

export interface CustomerName {
	id: number;
	name: string;
}

/** Who orders in the made-up orders, of whatever organisation. */
export const buyers: CustomerName[] = [
	{ id: 9498, name: 'Barneys' },
	{ id: 9936, name: 'Closing , Ceremony' },
	{ id: 10012, name: 'Nordlys Butikk' },
	{ id: 10040, name: 'Maison Lumière' },
	{ id: 10077, name: 'Kōen Select' },
	{ id: 10103, name: 'Harbour & Sons' },
];
/** Whom Uphance's example of a new order is for. */
export const documentedCustomer: CustomerName = { id: 55140, name: 'Meridian Department Store' };
const shared = [...buyers, documentedCustomer];

const places = 'Amber Birch Cedar Dune Elm Fjord Grove Hazel Iris Juniper Kelp Larch Moss Nettle Opal'.split(' ');
const kinds =
	'Apparel|Atelier|Boutique|Clothiers|Collective|Emporium|Fashion|Mode|Outfitters|Studio|Supply|Tailors|Threads|Trading|Wardrobe'.split(
		'|',
	);

/** How many customers an organisation has. */
export const customerCount = 230;

/** Those that organisations share come first, then its own; ids ascend. */
export function customerName(organisation: Organisation, index: number): CustomerName {
	const own = index - shared.length;
	if (own < 0) return pick(shared, index);
	const turn = own + (organisation.id % 7);
	return {
		id: firstOwnId(organisation) + own * 3,
		name: `${pick(places, turn)} ${pick(kinds, Math.floor(turn / places.length))}`,
	};
}

/** Where in the organisation's list a customer is. */
export function customerIndex(organisation: Organisation, id: unknown): number | undefined {
	const among = shared.findIndex((each) => each.id === id);
	if (among >= 0) return among;
	const index = shared.length + (Number(id) - firstOwnId(organisation)) / 3;
	const isOwn = Number.isInteger(index) && index >= shared.length && index < customerCount;
	return typeof id === 'number' && isOwn ? index : undefined;
}

const firstOwnId = (organisation: Organisation) => 60_000 + organisation.id * 1000;
