"""The demo town: Miechów in 2015, writing its cooperation programme for 2016.

Everything here is invented except the name of the gmina and the law: people, organisations,
remarks and addresses do not exist (``.example`` never will). Texts live in ``.txt`` and ``.toml``
files that a Polish reader can correct; the modules beside them read those files into plain values
and know no database.
"""
