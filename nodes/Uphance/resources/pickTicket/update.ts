import { UserError } from 'n8n-workflow';
import { collection } from '../../parameters/fields';
import { fieldsOf } from '../../parameters/body';
import { chosenId } from '../../operations/lookup';
import { locatorField } from '../../parameters/findable';
import type { Operation } from '../../operations/operation';
import { additionalJson } from '../../parameters/typedJson';
import { pickTicket } from './pickTicket';
import { saveTracking, trackingFields, trackingIn } from './tracking';

const ticketField = locatorField(pickTicket, 'pickTicketId', 'The pick ticket to update');

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a pick ticket',
		description: 'Save carrier, service, cost and tracking number of a shipment; do it before Mark as Shipped',
	},
	writes: true,
	fields: [
		ticketField,
		collection('Update Fields', 'updateFields', 'field', [additionalJson, ...fieldsOf(trackingFields)]),
	],
	async run(item, uphance) {
		const values = trackingIn(this, 'updateFields', item);
		if (Object.keys(values).length === 0) throw nothingToUpdate();
		return await saveTracking(
			uphance,
			await chosenId(uphance, pickTicket, this.getNodeParameter(ticketField.name, item)),
			values,
		);
	},
};

const nothingToUpdate = (): UserError =>
	new UserError("'Update Fields' has nothing to save", {
		description: 'Add at least one field, such as Tracking Number. Nothing was sent for this item.',
	});
