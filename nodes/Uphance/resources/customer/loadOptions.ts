import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { choiceIn } from '../../parameters/locator';
import { inEditor } from '../../methods/editorConnection';
import { findChosen, refusedMissing } from '../../operations/lookup';
import type { LoadOptions } from '../../operations/operation';
import { records } from '../../output/values';
import { member } from '../../http/failure';
import { customer } from './customer';

/** The people of the customer that is chosen in the node, e.g. "Jo Smith, Buyer" (users.md A6). */
export const getCustomerContacts: LoadOptions = async function () {
	return choices(records((await chosenCustomer(this, 'contacts')).people), contactLabel);
};

/** Its addresses, e.g. "1 High St, London (default for shipping)". */
export const getCustomerAddresses: LoadOptions = async function () {
	return choices(records((await chosenCustomer(this, 'addresses')).addresses), addressLabel);
};

export const contactLabel = ({ first_name, last_name, position, email }: IDataObject): string =>
	listed([written([first_name, last_name], ' ') || email, position]);

export function addressLabel(address: IDataObject): string {
	const { line_1, line_2, line_3, city, default_for_shipping, default_for_billing } = address;
	const uses = [default_for_shipping === true && 'shipping', default_for_billing === true && 'billing'].filter(Boolean);
	const marks = uses.length > 0 ? ` (default for ${uses.join(' and ')})` : '';
	return `${listed([line_1 || line_2 || line_3, city])}${marks}`;
}

const listed = (parts: unknown[]): string => written(parts, ', ');

const written = (parts: unknown[], between: string): string =>
	parts
		.map((part) => (typeof part === 'string' ? part.trim() : ''))
		.filter((part) => part !== '')
		.join(between);

const choices = (each: IDataObject[], label: (record: IDataObject) => string): INodePropertyOptions[] =>
	each.flatMap((record) =>
		typeof record.id === 'number' ? [{ name: label(record).trim() || `#${record.id}`, value: record.id }] : [],
	);

/** @throws UserError while nobody knows which customer is meant; NodeApiError */
async function chosenCustomer(context: ILoadOptionsFunctions, what: string): Promise<IDataObject> {
	const locator: unknown = context.getCurrentNodeParameter('customerId');
	const value = member(locator, 'value') ?? locator;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text.trim() === '' || text.startsWith('=')) {
		throw new UserError('Choose a customer first', {
			description: `Its ${what} are listed here then. Where 'Customer' is an expression, enter an ID here, or an expression that yields one.`,
		});
	}
	const choice = choiceIn(customer.label, locator);
	return await inEditor(context, async (uphance) => {
		const record = await findChosen(uphance, customer, choice);
		if (!record) throw await refusedMissing(uphance, customer, choice);
		return record;
	});
}
