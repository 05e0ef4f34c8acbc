import type { Organisation } from './accounts.mts';
import { pickCyclic } from './pickCyclic.mts';

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
const sharedCustomers = [...buyers, documentedCustomer];

const firstWords = 'Amber Birch Cedar Dune Elm Fjord Grove Hazel Iris Juniper Kelp Larch Moss Nettle Opal'.split(' ');
const secondWords =
	'Apparel|Atelier|Boutique|Clothiers|Collective|Emporium|Fashion|Mode|Outfitters|Studio|Supply|Tailors|Threads|Trading|Wardrobe'.split(
		'|',
	);

/** How many customers an organisation has. */
export const customerCount = 230;

/** Those that organisations share come first, then its own; ids ascend. */
export function getCustomerName(organisation: Organisation, index: number): CustomerName {
	const ownIndex = index - sharedCustomers.length;
	if (ownIndex < 0) return pickCyclic(sharedCustomers, index);
	const seed = ownIndex + (organisation.id % 7);
	return {
		id: firstOwnId(organisation) + ownIndex * 3,
		name: `${pickCyclic(firstWords, seed)} ${pickCyclic(secondWords, Math.floor(seed / firstWords.length))}`,
	};
}

/** Where in the organisation's list a customer is. */
export function findCustomerIndex(organisation: Organisation, id: unknown): number | undefined {
	const sharedIndex = sharedCustomers.findIndex((each) => each.id === id);
	if (sharedIndex >= 0) return sharedIndex;
	const index = sharedCustomers.length + (Number(id) - firstOwnId(organisation)) / 3;
	const isOwn = Number.isInteger(index) && index >= sharedCustomers.length && index < customerCount;
	return typeof id === 'number' && isOwn ? index : undefined;
}

const firstOwnId = (organisation: Organisation) => 60_000 + organisation.id * 1000;
