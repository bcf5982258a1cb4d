"""What is drawn on the map: cells with enough asks, larger cells for what is thin, and never the rest."""

from collections import Counter

import h3
from hypothesis import given
from hypothesis import strategies as st

from buurt.communities.hexmap import WIDTH, HexMap, parent_of
from buurt.communities.places import cell_of
from posts.boardmap import COARSEST, FEWEST, groups_of
from posts.maplabels import NAME, NUMBER, box_of, name_spots, number_spots

KROMMENIE, NEXT_DOOR = cell_of(52.49737, 4.76781), cell_of(52.50851, 4.75642)
FAR = cell_of(51.4416, 5.4697)
CELLS = [KROMMENIE, *(int(h3.str_to_int(one)) for one in h3.grid_disk(h3.int_to_str(KROMMENIE), 4)), FAR]


def test_cell_with_enough_is_shown_itself() -> None:
    groups, elsewhere = groups_of([(KROMMENIE, "Krommenie")] * FEWEST)

    assert [(group.cell, group.count, group.areas) for group in groups] == [(KROMMENIE, 3, ("Krommenie",))]
    assert elsewhere == 0


def test_single_ask_is_counted_with_its_neighbours_in_a_larger_cell() -> None:
    cells = [int(h3.str_to_int(one)) for one in h3.cell_to_children(h3.cell_to_parent(h3.int_to_str(KROMMENIE), 7), 8)]
    groups, elsewhere = groups_of([(cells[0], "A"), (cells[1], "B"), (cells[2], "A")])

    assert [(group.cell, group.count, group.areas) for group in groups] == [(parent_of(cells[0], 7), 3, ("A", "B"))]
    assert elsewhere == 0


def test_what_stays_thin_is_in_the_list_only() -> None:
    groups, elsewhere = groups_of([(KROMMENIE, "Krommenie"), (FAR, "Ver")])

    assert groups == []
    assert elsewhere == 2


@given(st.lists(st.sampled_from(CELLS), max_size=40))
def test_nothing_small_is_ever_shown_and_nothing_is_lost(cells: list[int]) -> None:
    groups, elsewhere = groups_of([(cell, "Ergens") for cell in cells])

    assert all(group.count >= FEWEST for group in groups)
    assert sum(group.count for group in groups) + elsewhere == len(cells)
    assert all(h3.get_resolution(h3.int_to_str(group.cell)) >= COARSEST for group in groups)
    # A cell is in one group only, whole: no difference of two groups gives a small number away.
    inside = Counter(cell for group in groups for cell in group.cells)
    assert not inside or max(inside.values()) == 1


@given(st.lists(st.sampled_from(CELLS), min_size=1, max_size=12))
def test_every_hexagon_fits_on_the_sheet(cells: list[int]) -> None:
    sheet = HexMap(cells)

    for cell in cells:
        corners = [tuple(float(part) for part in pair.split(",")) for pair in sheet.points(cell).split()]
        assert len(corners) in {5, 6, 7}
        assert all(0 <= x <= WIDTH and 0 <= y <= sheet.height for x, y in corners)


def test_tiles_cover_the_sheet_and_are_few() -> None:
    sheet = HexMap(CELLS[:20])

    tiles = sheet.tiles("https://tiles.example/{z}/{x}/{y}.png")

    assert 0 < len(tiles) <= 16
    assert min(tile.x for tile in tiles) <= 24
    assert max(tile.x + tile.size for tile in tiles) >= WIDTH - 24
    assert max(tile.y + tile.size for tile in tiles) >= sheet.height - 24
    assert all(tile.href.startswith("https://tiles.example/1") for tile in tiles)


@given(st.lists(st.sampled_from(CELLS[:-1]), min_size=1, max_size=60))
def test_no_name_on_the_map_lies_over_a_number_or_another_name(cells: list[int]) -> None:
    groups, _elsewhere = groups_of([(cell, "Ergens") for cell in cells])
    sheet = HexMap({*cells, *(group.cell for group in groups)})
    numbers = [
        box_of(str(group.count), spot, NUMBER) for group, spot in zip(groups, number_spots(sheet, groups), strict=True)
    ]

    areas = {f"Wijk met een naam {number}": [cell] for number, cell in enumerate(dict.fromkeys(cells))}
    names = [box_of(name, spot, NAME) for name, spot in name_spots(sheet, areas, numbers)]

    assert not any(name.meets(number) for name in names for number in numbers)
    assert not any(one.meets(other) for at, one in enumerate(names) for other in names[:at])
    assert all(name.top >= 0 and name.bottom <= sheet.height for name in names)


def test_number_of_a_large_cell_stands_beside_the_small_cell_in_its_middle() -> None:
    large = h3.cell_to_parent(h3.int_to_str(KROMMENIE), 6)
    inside = [int(h3.str_to_int(one)) for one in h3.cell_to_children(large, 8)]
    middle = int(h3.str_to_int(h3.cell_to_center_child(large, 8)))
    thin = [cell for cell in inside if parent_of(cell, 7) != parent_of(middle, 7)]
    far_apart = list({parent_of(cell, 7): cell for cell in thin}.values())[:FEWEST]
    groups, _elsewhere = groups_of([(middle, "Midden")] * FEWEST + [(cell, "Rand") for cell in far_apart])
    sheet = HexMap(inside)

    around, small = number_spots(sheet, groups)

    assert [group.count for group in groups] == [FEWEST, FEWEST]
    assert small == sheet.middle([middle])
    number = box_of(str(FEWEST), around, NUMBER)
    assert not any(number.left < x < number.right and number.top < y < number.bottom for x, y in sheet.corners(middle))
    assert not number.meets(box_of(str(FEWEST), small, NUMBER))
