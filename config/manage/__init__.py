"""Pages of the community manager (beheerder): what the platform of one municipality looks like."""
