import type { IDataObject } from 'n8n-workflow';
import { fetchAllInEditor } from '../../methods/loadOptions';
import type { ListSearch, LoadOptions } from '../../operations/operation';
import { organisation } from './organisation';

const choice = ({ id, name }: IDataObject) => ({ name: `${String(name)} (${String(id)})`, value: Number(id) });

export const searchOrganisations: ListSearch = async function (filter = '') {
	const choices = (await fetchAllInEditor(this, organisation.recordType)).map(choice);
	return { results: choices.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
};

export const getOrganisations: LoadOptions = async function () {
	return (await fetchAllInEditor(this, organisation.recordType)).map(choice);
};
