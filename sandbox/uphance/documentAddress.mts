import { pickCyclic } from './pickCyclic.mts';

const addresses = [
	{ line_1: '12 Redchurch Street', city: 'London', state: null, country: 'GB', postcode: 'E2 7DP' },
	{ line_1: '8 rue de Turenne', city: 'Paris', state: '', country: 'FR', postcode: '75003' },
	{ line_1: '210 Mercer Street', city: 'New York', state: 'NY', country: 'US', postcode: '10012' },
	{ line_1: 'Storgata 4', city: null, state: null, country: 'Norway', postcode: null },
	{ line_1: '三条通 5', city: '京都市', state: '', country: 'JP', postcode: '604-8084' },
];

/** Returns an address of a document. Only line_1 and country are never empty; the country may be a name or a code. */
export function makeDocumentAddress(ordinal: number) {
	const { line_1, city, state, country, postcode } = pickCyclic(addresses, ordinal);
	return {
		line_1,
		line_2: [null, '', 'Floor 2 | rear'][ordinal % 3],
		line_3: ordinal % 2 === 0 ? null : '',
		city,
		state,
		country,
		postcode,
	};
}

/** Returns the contact of a document; null for every fourth one. */
export function makeDocumentContact(ordinal: number) {
	if (ordinal % 4 === 3) return null;
	return {
		first_name: 'Chloé',
		last_name: "O'Hara",
		position: ordinal % 2 === 0 ? 'Buyer' : '',
		phone_1: `+44 20 7946 0${100 + (ordinal % 900)}`,
		phone_2: '',
		email: `buyer${ordinal}@customer.example`,
		notes: ordinal % 3 === 0 ? null : '',
	};
}
