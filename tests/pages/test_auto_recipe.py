"""What the page Recipe says of Auto, where each model meets what suits it."""


def test_with_auto_each_recipe_is_judged_by_the_models_that_it_suits(visit, data, words):
    app = visit("recipe", dataset=data.id)
    offered = app.selectbox[0].options
    assert len(offered) > 1
    for place in range(len(offered)):
        app = app.selectbox[0].select_index(place).run()
        assert not app.exception
        assert "cannot be used as it stands" not in words(app)
